"""Scripted learners against the shipped buyers, many sessions each: what content and tempers do.

Understands no text and reads no clock: learners say what they mean, and a seed is a session.
"""
