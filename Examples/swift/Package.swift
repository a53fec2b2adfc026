// swift-tools-version: 6.2
import PackageDescription

// VPREP_URL is the URL of vprep's repository; a package of your own names it here.
let vprep = Context.environment["VPREP_URL"] ?? "file:///path/to/vprep"

let package = Package(
  name: "gate",
  dependencies: [.package(url: vprep, from: "0.2.0")],
  targets: [
    .executableTarget(name: "Gate", dependencies: [.product(name: "VPrep", package: "vprep")])
  ]
)
