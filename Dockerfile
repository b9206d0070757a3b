# Kontor in a container: the same lock files and the same installer as `make run`.
# One image, two commands: `python -m bot run` and `python -m bot languagetool`.

FROM python:3.11-slim-bookworm AS build
WORKDIR /kontor
COPY requirements.lock jgo.toml jgo.lock.toml ./
COPY bot/__init__.py bot/install.py bot/
COPY bot/language/__init__.py bot/language/
COPY bot/language/grammar/__init__.py bot/language/grammar/jars.py bot/language/grammar/
RUN python bot/install.py

FROM python:3.11-slim-bookworm
WORKDIR /kontor
ENV PATH=/kontor/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    KONTOR_DATA=/data \
    KONTOR_HOST=0.0.0.0
RUN mkdir -p /data && chown 10001:10001 /data
COPY --from=build /kontor/.venv .venv
COPY --from=build /kontor/.kontor .kontor
COPY jgo.lock.toml ./
COPY bot bot
COPY dialogues dialogues
COPY lexicons lexicons
USER 10001:10001
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/health', timeout=4)"]
CMD ["python", "-m", "bot", "run"]
