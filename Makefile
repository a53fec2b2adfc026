# vprep on Debian 12 with Swift 6.2 or later. `make` alone lists the targets.

PREFIX  ?= /usr/local
DESTDIR ?=
RELEASE := .build/release
SOURCES := Package.swift Sources Tests $(wildcard Benchmarks/Package.swift Benchmarks/Sources)

.DEFAULT_GOAL := help
.PHONY: help setup build demo test lint bench install clean

help: ## list the targets
	@awk -F ': [^#]*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Debian packages, face models, test media and test clips; does nothing when all is there
	@scripts/setup.sh

# The Swift runtime is linked in, so that the program and the C library run where no Swift is.
build: ## release build of the program, the C library and the Swift library
	swift build -c release -Xswiftc -static-stdlib

demo: setup build ## prepare a real selfie for both providers, with reports and previews in demo/
	@scripts/demo.sh $(RELEASE)/vprep

test: setup ## the whole test suite; VPREP_CORPUS=DIR adds the tests over a folder of real media
	swift test

lint: ## check the format of every Swift file
	swift format lint --strict -r $(SOURCES)

bench: ## benchmarks
	@echo "The benchmarks are not here yet: they arrive with the Benchmarks package."

install: ## program, C library, header and face models under PREFIX (/usr/local); honours DESTDIR
	@test -x $(RELEASE)/vprep -a -f $(RELEASE)/libVPrepC.so || { echo "Run 'make build' first." >&2; exit 1; }
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin lib include share/vprep/models)
	install -m 755 $(RELEASE)/vprep $(DESTDIR)$(PREFIX)/bin/
	install -m 755 $(RELEASE)/libVPrepC.so $(DESTDIR)$(PREFIX)/lib/
	install -m 644 Sources/CVPrep/include/vprep.h $(DESTDIR)$(PREFIX)/include/
	install -m 644 Models/*.tflite $(DESTDIR)$(PREFIX)/share/vprep/models/

clean: ## remove what was built; keeps Models/ and TestVideos/
	rm -rf .build demo
