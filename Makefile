# vprep on Debian 12 with Swift 6.2 or later. `make` alone lists the targets.

PREFIX  ?= /usr/local
DESTDIR ?=
RELEASE := .build/release
VERSION := $(shell sed -n 's/^\#define VPREP_VERSION "\(.*\)"/\1/p' Sources/CVPrep/include/vprep.h)
SOURCES := Package.swift Sources Tests $(wildcard Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources Training/Package.swift Training/Sources/Extract)

.DEFAULT_GOAL := help
.PHONY: help setup build demo pictures test python-check wheel lint docs api-check fuzz mutants sanitize soak accuracy bench bench-check install clean

help: ## list the targets
	@awk -F ': [^#]*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Debian packages, face models, test media and test clips; does nothing when all is there
	@scripts/setup.sh

# The Swift runtime is linked in, so that the program and the C library run where no Swift is.
# lld packs the addresses that the loader corrects into a hundredth of their size, which saves memory
# and start-up time.
# The compiler does not see that models have arrived since its last run; the touch tells it.
build: ## release build of the program, the C library and the Swift library
	@find Sources/CModels/CModels.c ! -newer Models -exec touch {} + 2>/dev/null || true
	swift build -c release -Xswiftc -static-stdlib -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs

demo: setup build ## prepare a real selfie for both providers, with reports and previews in demo/
	@scripts/demo.sh $(RELEASE)/vprep

pictures: setup build ## make the README's two pictures again, in Docs/pictures
	@scripts/pictures.sh $(RELEASE)/vprep

test: setup ## the whole test suite; VPREP_CORPUS=DIR adds the tests over a folder of real media
	scripts/test.sh

python-check: setup build ## the Python package: generated parts, types, tests
	scripts/python_check.sh $(RELEASE)/libVPrepC.so

wheel: setup build ## the Python package as a wheel in python/dist, with the C library and the models inside
	scripts/wheel.sh $(RELEASE)/libVPrepC.so

lint: setup ## check the format of every Swift file, and that everything in Sources/ is used
	swift format lint --strict -r $(SOURCES)
	swift build --build-tests --quiet
	scripts/dead_code.py

docs: setup ## the documentation of the Swift library, in .build/docs; fails on warnings and undocumented symbols
	scripts/docs.sh

api-check: setup ## count the public Swift symbols, and list what a caller of the last release would have to change
	scripts/api_check.sh

fuzz: SECONDS ?= 60
fuzz: setup ## run each fuzz target for SECONDS (60) from small seeds, JOBS at once; TARGETS names some
	Fuzz/run.py --seconds $(SECONDS) $(if $(JOBS),--jobs $(JOBS)) $(TARGETS)

mutants: setup build ## feed damaged and crafted clips to the program: CHECK (20000) of them to check, PREP (4000) to prep
	scripts/mutants.py $(RELEASE)/vprep --check $(or $(CHECK),20000) --prep $(or $(PREP),4000) $(if $(JOBS),--jobs $(JOBS))

sanitize: setup ## the tests under address, undefined-behaviour and thread sanitizers; SANITIZERS and FILTER narrow it
	scripts/sanitize.sh $(SANITIZERS) -- $(if $(FILTER),--filter $(FILTER))

soak: CALLS ?= 10000
soak: setup build ## make CALLS (10000) calls through the C interface in one process, and measure what it keeps
	scripts/soak.sh $(RELEASE) $(CALLS)

accuracy: setup build ## how often check is right on labelled media in DIR=FOLDER; writes Docs/accuracy.md
	@python3 scripts/accuracy $(RELEASE)/vprep $(DIR) --report Docs/accuracy.md

bench: export VPREP_MODELS := $(CURDIR)/Models
bench: setup build ## time kernels, stages, and commands beside their peers, into Docs/performance.md; QUICK=1 for less
	swift build -c release --package-path Benchmarks --product kernel-times
	swift package -c release --package-path Benchmarks benchmark
	Benchmarks/commands.py $(if $(QUICK),--quick)

bench-check: export VPREP_MODELS := $(CURDIR)/Models
bench-check: setup build ## fail where something is slower than Docs/performance.md, or takes more instructions
	swift build -c release --package-path Benchmarks --product kernel-times
	Benchmarks/instructions.py
	Benchmarks/commands.py --check

define PKG_CONFIG
prefix=$(PREFIX)
Name: vprep
Description: predicts whether a face-liveness API will accept a selfie video, and repairs it
Version: $(VERSION)
Cflags: -I$${prefix}/include
Libs: -L$${prefix}/lib -lVPrepC
endef
export PKG_CONFIG

# The face models are in the binaries.
install: ## program, C library and header under PREFIX (/usr/local); honours DESTDIR
	@test -x $(RELEASE)/vprep -a -f $(RELEASE)/libVPrepC.so || { echo "Run 'make build' first." >&2; exit 1; }
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin lib/pkgconfig include)
	install -s -m 755 $(RELEASE)/vprep $(DESTDIR)$(PREFIX)/bin/
	install -s -m 644 $(RELEASE)/libVPrepC.so $(DESTDIR)$(PREFIX)/lib/
	@echo "$$PKG_CONFIG" > $(DESTDIR)$(PREFIX)/lib/pkgconfig/vprep.pc
	install -m 644 Sources/CVPrep/include/vprep.h $(DESTDIR)$(PREFIX)/include/

clean: ## remove what was built; keeps Models/ and TestVideos/
	rm -rf .build .build-* demo Fuzz/.build Training/.build
