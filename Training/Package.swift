// swift-tools-version: 6.2
import PackageDescription

// The extractor reads what the measures of a face are made of, so the targets of the package above are
// built here as this package's own: `Sources/` holds links to them.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6), .strictMemorySafety(),
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
]
let pure: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
  name: "Training",
  targets: [
    // As in the package above.
    .systemLibrary(
      name: "CFFmpeg", pkgConfig: "libavformat libavcodec libswscale libswresample libavutil"),
    .systemLibrary(name: "CXNNPACK"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
    .target(name: "CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CKernels"),
    .target(name: "CModels"),
    .target(
      name: "Kernels", dependencies: ["CKernels"],
      swiftSettings: strict + [.enableExperimentalFeature("Lifetimes")]),
    .target(
      name: "MediaIO", dependencies: ["CFFmpeg", "CJPEG", "CZlib", "Kernels"], swiftSettings: strict
    ),
    .target(name: "FaceModel", dependencies: ["CXNNPACK", "CModels"], swiftSettings: strict),
    .target(name: "Services", swiftSettings: pure),
    // A release build lets the extractor see the features, which no other target needs.
    .target(
      name: "FaceMeasures", dependencies: ["FaceModel", "Kernels", "Services"],
      swiftSettings: strict + [.unsafeFlags(["-enable-testing"])]),

    .executableTarget(
      name: "Extract",
      dependencies: ["MediaIO", "FaceModel", "FaceMeasures", "Kernels", "Services"],
      swiftSettings: pure),
  ]
)
