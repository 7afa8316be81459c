PYTHON ?= python3
PORT ?= 8000
SINCE ?= origin/main
BIN := .venv/bin
# What Python compiles when it first reads a package stays in .venv, also where the person's surroundings forbid it: else every kernel compiles anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: book help teacher preview serve lab city pdf epub takeaway-check test test-fast test-shuffled check hooks changes bundles formats links audit bench codebook records axe release crate lock clean

book: .venv/.installed  ## everything: install, check the data, refresh the notebooks (ALL=yes: each of them), build _build/html
	@sh publishing/get-browser.sh $(BIN) || true
	@$(BIN)/python -m publishing.build $(if $(ALL),--all)

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-14s %s\n", $$1, $$2}' Makefile

teacher: .venv/.installed  ## the site with answers for teachers, into _build/teacher
	@sh publishing/get-browser.sh $(BIN) || true
	@$(BIN)/python -m publishing.build --teacher

preview: .venv/.installed-dev  ## the book on this machine while you write: each change is there in seconds (PORT=8000)
	@$(BIN)/python -m publishing.preview $(PORT)

serve: book  ## the site on this machine (PORT=8000)
	$(BIN)/python -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

lab: .venv/.installed  ## the notebooks in JupyterLab, the first one open
	@$(BIN)/python -m publishing.lab

city: .venv/.installed  ## rows for one more city to fill in (NAME=Hamburg), then a look at them; ADD=yes puts them into data/, REMOVE=yes takes them out
	@$(BIN)/python -m publishing.newcity "$$NAME" --key "$$KEY" $(if $(ADD),--add) $(if $(REMOVE),--remove)

pdf: book .venv/.installed-dev  ## the whole book as one PDF, into _build/four-cities.pdf, with a door on the first page
	@sh publishing/takeaway/get-fonts.sh $(BIN)
	@$(BIN)/python -m publishing.takeaway.pdf

epub: book .venv/.installed-dev  ## the same for e-readers, into _build/four-cities.epub
	@$(BIN)/python -m publishing.takeaway.epub

takeaway-check: pdf epub  ## PDF, EPUB and handouts, read by the validators of their formats; needs Java, and the registry once
	@$(BIN)/python -m publishing.takeaway.check

test: .venv/.installed-dev  ## notebooks, data, package, site in two browsers (JOBS=2 at once)
	@sh publishing/get-browser.sh $(BIN) firefox
	@sh publishing/takeaway/get-fonts.sh $(BIN) || true
	@$(BIN)/python -m pytest --nbval -n auto --dist loadscope --no-loadscope-reorder tests book

test-fast: .venv/.installed-dev  ## of these what needs no browser, no kernel and no build, in a minute or so
	@$(BIN)/python -m pytest -m "not slow" -n logical --dist worksteal -q tests

test-shuffled: .venv/.installed-dev  ## the tests in an order drawn anew, which it prints (SEED=123 takes that one again): none may need another before it
	@sh publishing/get-browser.sh $(BIN) firefox
	@sh publishing/takeaway/get-fonts.sh $(BIN) || true
	@$(BIN)/python -m pytest -p randomly $(if $(SEED),--randomly-seed=$(SEED)) -n auto --dist loadscope --no-loadscope-reorder tests

check: .venv/.installed-dev  ## format, mistakes, types, rooms, data, outputs, workflows: what the hooks check, on every file
	@$(BIN)/pre-commit run --all-files

hooks: .venv/.installed-dev  ## the same before each commit, on the files that it changes, and the fast tests before each push
	$(BIN)/pre-commit install

changes: .venv/.installed  ## the chapters that a reader would see change (SINCE=origin/main)
	@$(BIN)/python -m publishing.changes $(SINCE)

bundles: .venv/.installed-dev  ## the explorers' JavaScript, from its modules; needs the npm registry once
	$(BIN)/python -m publishing.bundles

# In an environment of its own: csvw holds rfc3986 below the version that frictionless brings; both weigh 200 MB.
formats: book .venv/.installed-dev  ## CSVW and Croissant of the site's data, by their own libraries; needs the registry once
	$(BIN)/uv run --quiet --isolated --no-project --python $(BIN)/python --with csvw==4.1.1 --with mlcroissant==1.1.1 python tests/check_formats.py _build/html/data

links: book .venv/.installed-dev  ## every outside address of the pages; needs a network
	$(BIN)/linkchecker --check-extern --no-status _build/html/index.html

audit: .venv/.installed-dev  ## known vulnerabilities of the pinned packages; needs a network
	$(BIN)/pip-audit --requirement requirements-dev.lock --disable-pip --strict

bench: book .venv/.installed-dev  ## how long an author waits; speed, weight and growth of explorers and pages; what the tests cost; into benchmarks/results-*.md
	@sh publishing/get-browser.sh $(BIN)
	$(BIN)/python benchmarks/loop.py
	$(BIN)/python benchmarks/explorers.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/lighthouse.py
	$(BIN)/python benchmarks/suite.py

codebook: .venv/.installed  ## what is written from data and code: data/README.md, data/references.bib, docs/names.md, CHANGELOG.md, .zenodo.json
	$(BIN)/python -m publishing.codebook

records: .venv/.installed-dev  ## whether each notebook follows from what it read, and from nothing else
	ALL=yes $(BIN)/python -m pytest -n auto tests/test_build.py -k read_alone

axe: book .venv/.installed-dev  ## every page tested by axe-core, for the statement in the chapter about this edition
	$(BIN)/python -m publishing.accessibility

release: book .venv/.installed-dev  ## the archive of an edition, with its commit in the foot of every page: see docs/publish.md; needs Java
	@sh publishing/takeaway/get-fonts.sh $(BIN)
	$(BIN)/python -m publishing.release

crate: release  ## what the archive says of itself, read by RO-Crate's own validator; it asks w3id.org
	$(BIN)/uv run --quiet --isolated --no-project --python $(BIN)/python --with roc-validator==0.13.0 rocrate-validator --disable-color validate --no-paging --profile-identifier ro-crate-1.2 "$$(ls -t _build/*.zip | head -1)"

lock: .venv/.installed-dev  ## the versions of all that is needed, with hashes, the same for Python 3.11 to 3.13; UPGRADE=yes takes the newest
	sh publishing/lock.sh $(BIN) $(if $(UPGRADE),--upgrade)

clean:  ## what builds leave behind; the notebooks keep their outputs
	rm -rf _build .venv

.venv/.installed: requirements.lock
	@sh publishing/install.sh "$(PYTHON)" $< $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@sh publishing/install.sh "$(PYTHON)" $< $@
