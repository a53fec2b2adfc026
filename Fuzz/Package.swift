// swift-tools-version: 6.2
import PackageDescription

// As in Benchmarks: the stages have `package` access, so the targets of the package above are built
// here as this package's own, with the counters that libFuzzer reads. `run.py` says how. They are
// optimised even in a debug build: four times as many inputs a second.
let counted: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer", "-O"])]
let countedC: [CSetting] = [.unsafeFlags(["-fsanitize=fuzzer-no-link", "-O2"])]
let plain: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
]
let pure: [SwiftSetting] = plain + counted
let strict: [SwiftSetting] = [.strictMemorySafety()] + plain + counted

let package = Package(
  name: "Fuzz",
  targets: [
    // As in the package above.
    .systemLibrary(
      name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libswresample libavutil"),
    .systemLibrary(name: "CXNNPACK"),
    .systemLibrary(name: "CEBUR128", pkgConfig: "libebur128"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "CJPEG", cSettings: countedC, linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CKernels", cSettings: countedC),
    .target(name: "CModels", cSettings: countedC),
    .target(name: "CAdvice"),
    .target(name: "CVPrep"),
    .target(name: "CSandbox", cSettings: countedC),
    .target(
      name: "Kernels", dependencies: ["CKernels"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "MediaIO", dependencies: ["CFFmpeg", "CJPEG", "CZlib", "Kernels"], swiftSettings: strict
    ),
    .target(name: "FaceModel", dependencies: ["CXNNPACK", "CModels"], swiftSettings: strict),
    .target(name: "Loudness", dependencies: ["CEBUR128"], swiftSettings: strict),
    .target(name: "Services", swiftSettings: pure),
    .target(
      name: "FaceMeasures", dependencies: ["FaceModel", "Kernels", "Services"],
      swiftSettings: strict),
    .target(
      name: "VPrep",
      dependencies: [
        "MediaIO", "FaceMeasures", "FaceModel", "Loudness", "Services", "Kernels", "CAdvice",
        "CSandbox", "CVPrep",
      ],
      swiftSettings: strict),

    // What makes mutants, for libFuzzer and for scripts/mutants.py.
    .target(name: "Mutation", swiftSettings: plain),
    .executableTarget(name: "Mutate", dependencies: ["Mutation"], swiftSettings: plain),

    // The targets, in one program. It is linked with libFuzzer, which brings no main function.
    .target(name: "CFuzzer"),
    .executableTarget(
      name: "FuzzTargets", dependencies: ["CFuzzer", "Mutation", "VPrep", "FaceModel"],
      swiftSettings: plain),
  ]
)
