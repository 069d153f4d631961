# One image for every process: `serve` answers Slack, `worker` runs what is scheduled, `migrate` prepares the database.
FROM python:3.11-slim AS build
WORKDIR /app
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot ./bot
# setuptools builds the package here, and stays out of the image: its version is the one of requirements-dev.lock.
RUN python -m pip install --no-cache-dir setuptools==84.2.1 \
    && python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
    && /venv/bin/pip install --no-cache-dir --no-deps /wheels/*.whl

FROM python:3.11-slim
# Names in Chinese, Japanese and Korean, on the pictures of charts.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --home-dir /data bot
COPY --from=build /venv /venv
COPY manifest.yml /venv/lib/python3.11/site-packages/
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DATABASE_URL=sqlite:////data/bot.sqlite3
WORKDIR /data
USER bot
# Where an SQLite file lies; PostgreSQL needs nothing of it.
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ.get(\"PORT\", 3000)}/healthz', timeout=4)"]
# Told to end, it finishes what it has acknowledged.
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot", "serve"]
