import ArgumentParser
import Foundation
import VPrep

/// What goes to the provider beside the clip.
struct RequestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Tencent's ImageUrl: the JPG or PNG that the clip is compared with.",
      valueName: "photo.jpg"))
  var photo: String?

  @Option(
    help: ArgumentHelp(
      "A JSON object of the request's parameters, to be checked with the clip.",
      valueName: "request.json"))
  var request: String?

  /// Adds them to a gate.
  func apply(to gate: inout Gate) throws {
    if let photo {
      guard gate.provider == .tencent else {
        throw ValidationError("--photo is for tencent; \(gate.provider.rawValue) takes none.")
      }
      gate.photo = .file(photo)
    }
    guard let request else { return }
    guard let data = FileManager.default.contents(atPath: request) else {
      throw ValidationError("--request: \(request) cannot be read.")
    }
    let parameters = try RequestJSON.parameters(data, named: request)
    gate.request = parameters
    guard let mode = gate.mode, case .text(let type) = parameters["LivenessType"],
      let asked = ProviderMode.allCases.first(where: { $0.livenessType == type }), asked != mode
    else { return }
    throw ValidationError(
      "--mode \(mode.rawValue) contradicts the request, whose LivenessType is \(type).")
  }
}
