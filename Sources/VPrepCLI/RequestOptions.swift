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

  /// Adds them to a gate whose other options are `asked`.
  func apply(to gate: inout Gate, beside asked: ProviderOptions) throws {
    if let photo {
      guard gate.provider == .tencent else {
        throw ValidationError("--photo is for tencent; \(gate.provider.rawValue) takes none.")
      }
      gate.photo = .file(photo)
    }
    guard let request else { return }
    gate.protectedFiles.append(request)
    let data = try JSONText.read(request, limits: gate.inputLimits, option: "--request")
    let parameters = try RequestJSON.parameters(data, named: request, limits: gate.inputLimits)
    gate.request = parameters
    try asked.compare(with: parameters)
  }
}

extension ProviderOptions {
  /// Throws where an option says something else than the request, which is what will be sent.
  fileprivate func compare(with request: [String: RequestValue]) throws {
    let type = request["LivenessType"]
    let requested = ProviderMode.allCases.first { type == .text($0.livenessType) }
    if let mode, let requested, requested != mode {
      throw ValidationError(
        "--mode \(mode.rawValue) contradicts the request, whose LivenessType is "
          + "\(requested.livenessType).")
    }
    if let actions, requested == .action, case .text(let data) = request["ValidateData"],
      ["1,2", "2,1"].contains(data), data != actions
    {
      throw ValidationError(
        "--actions \(actions) contradicts the request, whose ValidateData is \(data).")
    }
    let switches = [
      ("face-occlusion-detection", "face_occlusion_detection", faceOcclusionDetection ? true : nil),
      ("eye-close-detection", "eye_close_detection", eyeCloseDetection),
    ]
    for case (let option, let key, let wanted?) in switches {
      let other = wanted ? "0" : "1"
      guard request[key] == .text(other) || request[key] == .integer(wanted ? 0 : 1) else {
        continue
      }
      throw ValidationError(
        "--\(wanted ? "" : "no-")\(option) contradicts the request, whose \(key) is \(other).")
    }
  }
}
