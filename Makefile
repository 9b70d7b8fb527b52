# Two commands: `make demo` shows everything, `make test` proves it. Each sets up .venv by itself when it is missing or stale.
PYTHON ?= python3
WORKERS ?= 2
# How many fuzzed files to read, and the number of the first.
FUZZ ?= 2000
FUZZ_SEED ?= 0
# How many rules to change, and which of them.
CHANGES ?= 60
SEED ?= 1
# A folder with workbooks/ for the acceptance tests; without it they run on the generated district alone.
DATA ?=
BIN := .venv/bin
STAMP := .venv/.installed
LOWEST := .venv-lowest

.PHONY: demo demo-neo4j notebook notebook-neo4j test test-lowest check bench fuzz mutate docs clean

demo: $(STAMP)
	@echo "正在生成示例区、载入、回答三个问题，约半分钟；然后打印网页地址并等待访问（Ctrl+C 结束）。"
	@echo "Generating a sample district, loading it, answering three questions: half a minute; then the address of the pages is printed (Ctrl+C ends)."
	$(BIN)/shilian demo

# The demo on a Neo4j server of its own (Java and Maven needed, no Docker); it ends with the demo.
demo-neo4j: $(STAMP)
	$(BIN)/python -m tests.neo4j.server $(BIN)/shilian demo

# The notebooks in JupyterLab, with everything that they need.
notebook: $(STAMP)
	$(BIN)/jupyter lab notebooks

# The same beside a Neo4j server of its own with the sample district, for the notebook about py2neo.
notebook-neo4j: $(STAMP)
	$(BIN)/python -m tests.neo4j.server sh -c "$(BIN)/shilian demo --no-serve && $(BIN)/jupyter lab notebooks"

test: $(STAMP)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup $(if $(DATA),--data=$(DATA)) $(PYTEST_OPTIONS)

# The same tests with the lowest version of every dependency that pyproject.toml allows, in an environment of their own.
test-lowest: $(LOWEST)/.installed
	$(LOWEST)/bin/python -m pytest -n $(WORKERS) --dist loadgroup $(if $(DATA),--data=$(DATA)) $(PYTEST_OPTIONS)

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m benchmarks

fuzz: $(STAMP)
	$(BIN)/python -m pytest tests/loaders/test_fuzz.py --fuzz $(FUZZ) --fuzz-seed $(FUZZ_SEED) -n 0 -q

# Rules and figures changed one at a time: do the tests notice?
mutate: $(STAMP)
	$(BIN)/python -m benchmarks.mutations --count $(CHANGES) --seed $(SEED)

docs: $(STAMP)
	$(BIN)/python -m tests.doc_blocks README.md README.zh.md
	$(BIN)/python docs/generate.py

clean:
	rm -rf .venv $(LOWEST) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis demo
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last: an installation that broke off is done again.
$(STAMP): pyproject.toml constraints.txt
	@echo "第一次运行：正在建立 .venv 并安装依赖（需要联网，快则一分钟，慢则十分钟；下面是进度）。"
	@echo "First run: making .venv and installing what is needed (from the network, one to ten minutes; progress below)."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e '.[test,api-tests,notebook,documents,py2neo]'
	touch $(STAMP)
	@echo "安装完成。Installed."

$(LOWEST)/.installed: pyproject.toml tests/lowest.py
	test -x $(LOWEST)/bin/python || $(PYTHON) -m venv $(LOWEST)
	$(LOWEST)/bin/python tests/lowest.py > $(LOWEST)/constraints.txt
	$(LOWEST)/bin/python -m pip install --quiet --disable-pip-version-check -c $(LOWEST)/constraints.txt \
		-e '.[cluster,documents,fast,learn,notebook,plan,py2neo,test]'
	touch $@
