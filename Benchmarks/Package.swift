// swift-tools-version: 6.2
import PackageDescription

// The kernels and stages have `package` access, which another package does not get. So the targets
// of the package above are built here as this package's own: `Sources/` holds links to them.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
]
let pure: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "Benchmarks",
  products: [.executable(name: "kernel-times", targets: ["KernelTimes"])],
  dependencies: [
    // Without traits: counting allocations would slow every one of them.
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: [])
  ],
  targets: [
    // As in the package above.
    .systemLibrary(
      name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libswresample libavutil"),
    .systemLibrary(name: "CXNNPACK"),
    .systemLibrary(name: "CEBUR128", pkgConfig: "libebur128"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CKernels"),
    .target(name: "CModels"),
    .target(name: "CAdvice"),
    .target(name: "CVPrep"),
    .target(name: "CSandbox"),
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

    // The benchmarks.
    .target(name: "CPlaneReading"),
    .target(
      name: "Workloads",
      dependencies: ["VPrep", "MediaIO", "FaceModel", "Services", "Kernels", "CPlaneReading"],
      swiftSettings: pure),
    .executableTarget(name: "KernelTimes", dependencies: ["Workloads"], swiftSettings: pure),
    .executableTarget(
      name: "VPrepBenchmarks",
      dependencies: ["Workloads", .product(name: "Benchmark", package: "benchmark")],
      // The command looks for its targets in a folder of this name.
      path: "Sources/Benchmarks/VPrepBenchmarks",
      swiftSettings: pure,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
  ]
)
