# The API and the pages in a container: docker build -t shilian . (compose.yaml starts it beside Neo4j).
# The workspace, the key of the pseudonyms and the tokens live in the volume /data; TLS is the matter of a proxy in front.
FROM python:3.11-slim
RUN useradd --create-home --uid 10001 shilian && mkdir /data && chown shilian /data
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY graph graph
COPY loaders loaders
COPY queries queries
COPY api api
RUN pip install --no-cache-dir -c constraints.txt ".[documents,fast]"
USER shilian
ENV SHILIAN_WORKSPACE=/data/workspace SHILIAN_KEY_FILE=/data/key
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --start-period=20s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["shilian", "serve", "--host", "0.0.0.0", "--port", "8000", "--behind-proxy"]
