# A newcomer needs two commands: `make map` and `make test`. Both prepare what they need.
.DEFAULT_GOAL := help
.PHONY: help map test check js docs soak lock clean

PYTHON_IN_VENV := .venv/bin/python
# Playwright brings its own node, so the scripts' tests need no other.
NODE = $$($(PYTHON_IN_VENV) -c 'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent / "driver" / "node")')
JS_TESTS := $(wildcard tests/js/*.test.mjs)

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

map: ## Prepare the environment and write output/map.html from data/reports
	@tools/setup.sh run
	@$(PYTHON_IN_VENV) -m mapper build

test: check ## Prepare the environment and run lint, types, import contracts and all tests
	@tools/setup.sh browser
	@tools/nominatim.sh install
	@$(MAKE) --no-print-directory js
	$(PYTHON_IN_VENV) -m pytest -n 2 --dist loadfile

check: ## Lint (the page's scripts too), format, types and import contracts
	@tools/setup.sh dev
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .
	.venv/bin/oxlint --deny-warnings mapper/view/page/scripts tests/js
	$(PYTHON_IN_VENV) -m mypy
	$(PYTHON_IN_VENV) .venv/bin/lint-imports

js: ## Test the page's scripts without a browser
	@tools/setup.sh dev
	@$(if $(JS_TESTS),"$(NODE)" --test $(JS_TESTS))

docs: ## Build the docs site, Spanish and English, into build/site
	@tools/setup.sh dev
	$(PYTHON_IN_VENV) tools/docs/build.py

soak: ## Kill a build a hundred times, fail at every change of the disk, read 10,000 files (hours)
	@tools/setup.sh dev
	MAPPER_KILLS=100 MAPPER_FAULTS_STEP=1 MAPPER_FILES=10000 $(PYTHON_IN_VENV) -m pytest \
	  tests/test_killed.py tests/test_faults_disk.py tests/test_faults_store.py tests/test_odd_files.py

lock: ## Compile requirements/*.txt anew (newest of everything: tools/lock.sh --upgrade)
	@tools/setup.sh run
	tools/lock.sh

clean: ## Remove the environment, caches and what was written to output/
	tools/nominatim.sh remove
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find output -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
