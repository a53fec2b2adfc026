@testable import FaceModel

/// A reader of what comes from outside, given bytes that may be anything.
///
/// An input is refused with an error or used; a signal, a report of the sanitizer, a run that does not
/// end and a promise that is broken are what is looked for.
enum FuzzTarget: String, CaseIterable {
  /// `probe` and `check` of a clip.
  case check
  /// `fit` of a clip.
  case fit
  /// A photo beside a sound clip.
  case photo
  /// A model file, from its bytes to a run of the network.
  case model
  /// A file of `--rules`.
  case rules
  /// A file of `--request`.
  case request
  /// The options of a call as JSON.
  case options
  /// Lines on the standard input of `vprep worker`.
  case worker

  /// Whether inputs are clips, whose container the mutator knows.
  var holdsClip: Bool { self == .check || self == .fit }

  /// Gives the input to what is tested.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .check: ClipTargets.check(bytes)
    case .fit: ClipTargets.fit(bytes)
    case .photo: ClipTargets.photo(bytes)
    case .model: Self.model(bytes)
    case .rules: TextTargets.rules(bytes)
    case .request: TextTargets.request(bytes)
    case .options: TextTargets.options(bytes)
    case .worker: TextTargets.worker(bytes)
    }
  }

  private static func model(_ bytes: [UInt8]) {
    do throws(ModelError) {
      var network = try Network(NetworkPlan(TFLiteFile(bytes: .copied(bytes), name: "input")))
      try network.run { span in
        for index in span.indices { span[index] = 0.5 }
      }
    } catch {
      // What XNNPACK refuses should have been refused before.
      if error.kind == .runtime { fatalError("\(error)") }
    }
  }
}
