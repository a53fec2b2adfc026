# vprep on Debian 12 and 13 with Swift 6.2 or later. `make` alone lists the targets.

PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
DESTDIR ?=
RELEASE := .build/release
# The header is the one place that names the version.
HEADER  := Sources/CVPrep/include/vprep.h
VERSION := $(shell sed -n 's/^\#define VPREP_VERSION "\(.*\)"/\1/p' $(HEADER))
MAJOR   := $(firstword $(subst ., ,$(VERSION)))
SONAME  := libvprep.so.$(MAJOR)
SOURCES := Package.swift Sources Plugins Tests Examples/swift/Package.swift Examples/swift/Sources $(wildcard Benchmarks/Package.swift Benchmarks/Sources Fuzz/Package.swift Fuzz/Sources Training/Package.swift Training/Sources/Extract Server/Package.swift Server/Sources Server/Tests/VPrepServeTests)

.DEFAULT_GOAL := help
.PHONY: help setup build demo pictures test serve server-check server-load server-fuzz test-debian13 test-unstable neon-check python-check scale-check wheel bindings-check deb packages-check lint docs api-check fuzz mutants sanitize soak accuracy bench bench-check install uninstall clean

help: ## list the targets
	@awk -F ': [^#]*## ' '/^[a-z0-9-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Debian packages, face models, test media and test clips; does nothing when all is there
	@scripts/setup.sh

# The Swift runtime is linked in, so that the program and the C library run where no Swift is.
# lld packs the addresses that the loader corrects into a hundredth of their size, which saves memory
# and start-up time. What the loader has written stays as it is from then on, and it looks for libraries
# where the system has them, not beside the program.
RELEASE_FLAGS := -c release -Xswiftc -static-stdlib -Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs \
  -Xlinker -z -Xlinker now --disable-local-rpath $(BUILD_FLAGS)
# The C library exports the functions of vprep.h alone, so the linker may leave out what none of them
# needs.
LIBRARY_FLAGS := -Xlinker -soname=$(SONAME) -Xlinker --version-script=Packaging/libvprep.map -Xlinker --gc-sections

build: ## release build of the program, the C library and the Swift library
	swift build $(RELEASE_FLAGS) --product vprep
	swift build $(RELEASE_FLAGS) $(LIBRARY_FLAGS) --product VPrepC
	@ln -sf libVPrepC.so $(RELEASE)/$(SONAME)
	@ln -sf $(SONAME) $(RELEASE)/libvprep.so

demo: setup build ## prepare a real selfie for both providers, with reports and previews in demo/
	@scripts/demo.sh $(RELEASE)/vprep

pictures: setup build ## draw a frame of a clip that passes and of one that fails, in demo/
	@scripts/pictures.sh $(RELEASE)/vprep

test: setup ## the whole test suite; VPREP_CORPUS=DIR adds the tests over a folder of real media
	scripts/test.sh

test-debian13: ## build and test on Debian 13, in a folder that debootstrap makes; FILTER names tests, ROOT a system
	scripts/test_debian.sh trixie

# What calls FFmpeg, XNNPACK and the kernels, and what reads, copies and encodes clips.
MEDIA := MediaIOTests|KernelsTests|FaceModelTests|ProbeTests|DecodingCountTests|Copy.*Tests|Fit.*Tests|TrimTests|StreamCutTests
test-unstable: ## build on Debian unstable, with the newest FFmpeg, and run the tests of media there; FILTER names others
	FILTER='$(or $(FILTER),$(MEDIA))' scripts/test_debian.sh unstable

neon-check: setup ## the kernels for 64-bit Arm under qemu: the same results as plain loops, in how many instructions
	scripts/neon_check.sh

serve: setup build ## the service and its page on http://127.0.0.1:8080/; ARGUMENTS adds options of vprep-serve
	swift build -c release --package-path Server --product vprep-serve
	Server/.build/release/vprep-serve --vprep $(RELEASE)/vprep $(ARGUMENTS)

server-check: setup build ## the service: unit tests, calls, faults, stand-ins, upload clients, and the page in Chromium
	scripts/server_check.sh $(RELEASE)/vprep

server-load: setup build ## what the service bears: UPLOADS (200), 8 at once, beside batch; idle, slow and large requests
	swift build -c release --package-path Server --product vprep-serve
	VPREP=$(CURDIR)/$(RELEASE)/vprep VPREP_SERVE=$(CURDIR)/Server/.build/release/vprep-serve Server/Tests/live/load.py $(UPLOADS)

server-fuzz: setup build ## send thousands of made-up requests to the service, from its own description
	scripts/server_fuzz.sh $(RELEASE)/vprep $(EXAMPLES)

python-check: setup build ## the Python package: generated parts, types, tests
	scripts/python_check.sh $(RELEASE)/libVPrepC.so

scale-check: setup build ## the examples for many machines on local Ray and Spark, with processes killed in the middle
	scripts/scale_check.sh $(RELEASE)/vprep $(RELEASE)/libVPrepC.so

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
soak: setup build ## make CALLS (10000) calls through the C interface in one process, and measure what it keeps, leaks, and how soon it ends
	scripts/soak.sh $(RELEASE) $(CALLS)

accuracy: setup build ## how often check is right on labelled media in DIR=FOLDER; writes Docs/accuracy.md
	@python3 scripts/accuracy $(RELEASE)/vprep $(DIR) --report Docs/accuracy.md

bench: export VPREP_MODELS := $(CURDIR)/Models
bench: setup build ## time kernels, stages, and commands beside their peers, into Docs/performance.md; QUICK=1 for less
	swift build -c release --package-path Benchmarks --product kernel-times
	swift package -c release --package-path Benchmarks benchmark
	Benchmarks/commands.py $(if $(QUICK),--quick)

bench-check: export VPREP_MODELS := $(CURDIR)/Models
bench-check: setup build ## fail where a ratio is above Benchmarks/thresholds.json, or a count of instructions has grown
	swift build -c release --package-path Benchmarks --product kernel-times
	Benchmarks/instructions.py
	Benchmarks/commands.py --check

# The face models are in the binaries.
install: ## program, C library, header, manual and completions under PREFIX (/usr/local); honours DESTDIR and LIBDIR
	@test -x $(RELEASE)/vprep -a -f $(RELEASE)/libVPrepC.so || { echo "Run 'make build' first." >&2; exit 1; }
	@scripts/install.sh install $(RELEASE) "$(DESTDIR)" "$(PREFIX)" "$(LIBDIR)" $(VERSION) $(SONAME)

uninstall: ## remove what install has put there
	@scripts/install.sh uninstall $(RELEASE) "$(DESTDIR)" "$(PREFIX)" "$(LIBDIR)" $(VERSION) $(SONAME)

bindings-check: setup build ## build and run every program of Examples/ against what install puts into an empty folder
	scripts/bindings_check.sh

deb: setup ## the Debian packages, in .build/deb; SUITES="bookworm trixie" for others than this machine's
	scripts/deb.sh $(SUITES)

packages-check: ## install the packages into fresh systems of Debian 12 and 13, use them, remove them; SUITES narrows it
	scripts/packages_check.sh $(SUITES)

clean: ## remove what was built; keeps Models/ and TestVideos/
	rm -rf .build .build-* demo Fuzz/.build Training/.build Server/.build python/dist
