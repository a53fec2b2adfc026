// swift-tools-version: 6.2
import PackageDescription

/// Targets that touch C memory opt in to strict memory safety: every unsafe use is marked.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]
let pure: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
]

/// Swift 6.2 wants `@_lifetime` on a function that writes to one span and reads another, which means
/// what Swift 6.3 takes for granted: the span to be written stays what it was.
let lifetimes: [SwiftSetting] = [.enableExperimentalFeature("Lifetimes")]

/// In release builds the C library checks the sizes that the compiler knows.
let hardened: [CSetting] = [.define("_FORTIFY_SOURCE", to: "2", .when(configuration: .release))]

/// DocC's plugin: only `make docs` needs it, so who links the library does not fetch it.
let documentation: [Package.Dependency] =
  Context.environment["VPREP_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0")]

/// The face models become part of what is built, unless the builder says that they come later: a folder
/// that `VPREP_MODELS` names when the program runs.
let embedsModels = Context.environment["VPREP_WITHOUT_MODELS"] == nil

let package = Package(
  name: "vprep",
  products: [
    .library(name: "VPrep", targets: ["VPrep"]),
    .library(name: "VPrepC", type: .dynamic, targets: ["VPrepC"]),
    .executable(name: "vprep", targets: ["VPrepCLI"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
  ] + documentation,
  targets: [
    // C, one module a library.
    .systemLibrary(
      name: "CFFmpeg",
      pkgConfig: "libavformat libavcodec libswscale libswresample libavutil",
      providers: [
        .apt([
          "libavformat-dev", "libavcodec-dev", "libavutil-dev", "libswscale-dev",
          "libswresample-dev",
        ]),
        .brew(["ffmpeg"]),
      ]),
    // Homebrew has no XNNPACK.
    .systemLibrary(
      name: "CXNNPACK", providers: [.apt(["libxnnpack-dev", "libpthreadpool-dev"])]),
    .systemLibrary(
      name: "CEBUR128", pkgConfig: "libebur128",
      providers: [.apt(["libebur128-dev"]), .brew(["libebur128"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .target(name: "CJPEG", cSettings: hardened, linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CAdvice", cSettings: hardened),
    .target(name: "CKernels", cSettings: hardened),
    .plugin(name: "EmbedModels", capability: .buildTool()),
    .target(
      name: "CModels",
      cSettings: hardened
        + [.define(embedsModels ? "VPREP_EMBEDS_MODELS" : "VPREP_WITHOUT_MODELS")],
      plugins: embedsModels ? ["EmbedModels"] : []),
    .target(name: "CSandbox", cSettings: hardened),
    .target(name: "CVPrep", cSettings: hardened),

    // Swift, from the bottom up.
    .target(name: "Kernels", dependencies: ["CKernels"], swiftSettings: strict + lifetimes),
    .target(
      name: "MediaIO", dependencies: ["CFFmpeg", "CJPEG", "CZlib", "Kernels"], swiftSettings: strict
    ),
    .target(name: "FaceModel", dependencies: ["CXNNPACK", "CModels"], swiftSettings: strict),
    .target(name: "Loudness", dependencies: ["CEBUR128"], swiftSettings: strict),
    .target(name: "Services", swiftSettings: pure),
    .target(name: "Calibration", dependencies: ["Services"], swiftSettings: pure),
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
    .target(
      name: "ReportPage",
      dependencies: [
        "VPrep", "Calibration", "Services", "Kernels",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        .embedInCode("Templates/report.mustache"), .embedInCode("Templates/batch.mustache"),
        .embedInCode("Templates/calibration.mustache"), .embedInCode("Templates/page.css"),
      ],
      swiftSettings: pure),
    .target(name: "VPrepC", dependencies: ["VPrep", "CVPrep"], swiftSettings: strict),
    .executableTarget(
      name: "VPrepCLI",
      dependencies: [
        "VPrep", "Calibration", "ReportPage", "CSandbox",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "SwiftCSV", package: "SwiftCSV"),
      ],
      swiftSettings: pure),

    // One test target a source target, plus the command line and the C ABI.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: pure),
    .executableTarget(
      name: "FenceProbe", dependencies: ["CSandbox"], path: "Tests/FenceProbe"),
    .testTarget(
      name: "SandboxTests", dependencies: ["CSandbox", "FenceProbe", "TestSupport"],
      swiftSettings: pure),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "CKernels"], swiftSettings: pure),
    .testTarget(
      name: "MediaIOTests", dependencies: ["MediaIO", "Kernels", "TestSupport"],
      swiftSettings: pure),
    .testTarget(
      name: "FaceModelTests", dependencies: ["FaceModel", "TestSupport"],
      exclude: ["References", "make_references.py"], swiftSettings: pure),
    .testTarget(name: "ServicesTests", dependencies: ["Services"], swiftSettings: pure),
    .testTarget(
      name: "CalibrationTests", dependencies: ["Calibration", "Services"],
      exclude: ["make_references.py"], resources: [.embedInCode("References/binomial.json")],
      swiftSettings: pure),
    .testTarget(
      name: "FaceMeasuresTests",
      dependencies: ["FaceMeasures", "FaceModel", "Kernels", "Services", "TestSupport"],
      swiftSettings: pure),
    .testTarget(
      name: "VPrepTests",
      dependencies: [
        "VPrep", "VPrepCLI", "MediaIO", "FaceMeasures", "FaceModel", "Kernels", "TestSupport",
      ],
      swiftSettings: pure),
    .testTarget(
      name: "CLITests", dependencies: ["VPrep", "VPrepCLI", "TestSupport"], swiftSettings: pure),
    .testTarget(
      name: "PageTests", dependencies: ["ReportPage", "Calibration", "VPrep", "TestSupport"],
      exclude: ["browse.py"], swiftSettings: pure),
    .testTarget(
      name: "ABITests", dependencies: ["VPrepC", "CVPrep", "TestSupport"], swiftSettings: pure),
  ]
)
