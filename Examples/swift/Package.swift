// swift-tools-version: 6.2
import PackageDescription

// VPREP_URL is the URL of vprep's repository; a package of your own names it here.
let vprep = Context.environment["VPREP_URL"] ?? "file:///path/to/vprep"

let package = Package(
  name: "gate",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: vprep, from: "0.2.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  ],
  targets: [
    .executableTarget(name: "Gate", dependencies: [.product(name: "VPrep", package: "vprep")]),
    .executableTarget(
      name: "Upload",
      dependencies: [
        .product(name: "VPrep", package: "vprep"),
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
  ]
)
