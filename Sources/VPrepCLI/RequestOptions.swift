import ArgumentParser
import Foundation
import VPrep

/// What goes to the provider beside the clip.
struct RequestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The JPG or PNG that the clip is compared with, for \(Provider.takingPhotos).",
      valueName: "photo.jpg"), completion: .file())
  var photo: String?

  @Option(
    help: ArgumentHelp(
      "A JSON object of the request's parameters, to be checked with the clip.",
      valueName: "request.json"), completion: .file(extensions: ["json"]))
  var request: String?

  /// Adds them to a gate whose other options are `asked`.
  func apply(to gate: inout Gate, beside asked: ProviderOptions) throws {
    if let photo {
      guard gate.service.takesPhoto else {
        throw ValidationError(
          "--photo is for \(Provider.takingPhotos); \(gate.provider.rawValue) takes none.")
      }
      gate.judging.photo = .file(photo)
    }
    guard let request else { return }
    gate.runtime.protectedFiles.append(request)
    let data = try JSONText.read(request, limits: gate.runtime.inputLimits, option: "--request")
    let parameters = try RequestJSON.parameters(
      data, named: request, limits: gate.runtime.inputLimits)
    gate.judging.request = parameters
    if let other = gate.service.contradiction(of: asked.stated, with: parameters) {
      throw ValidationError(
        "\(other.option.argument) contradicts the request, whose \(other.parameter) is "
          + "\(other.value).")
    }
  }
}

extension Contradiction.Option {
  /// How the option is written on the command line.
  fileprivate var argument: String {
    switch self {
    case .mode(let mode): "--mode \(mode.rawValue)"
    case .actions(let actions): "--actions \(actions.map(String.init).joined(separator: ","))"
    case .faceOcclusionDetection(let isOn): "--\(isOn ? "" : "no-")face-occlusion-detection"
    case .eyeCloseDetection(let isOn): "--\(isOn ? "" : "no-")eye-close-detection"
    }
  }
}
