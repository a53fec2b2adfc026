internal import MediaIO
internal import Services

extension Gate {
  /// Previews that a call may be asked for.
  static let previewCounts = 0...10
  /// Longest sides of previews in pixels.
  static let previewSizes = 64...4096

  /// Throws where the options contradict each other or are out of range; every call does this first.
  ///
  /// - Throws: `VPrepError.Kind.badRequest`, which says what may be given instead.
  public func validate() throws(VPrepError) {
    guard runtime.timeLimit >= 0 else {
      throw Self.refusal(
        "the time limit of \(runtime.timeLimit) s is not a valid duration",
        "Give seconds, or infinity for no limit.")
    }
    if let limit = runtime.inputLimits.firstOutOfRange {
      throw limit.refusal(of: runtime.inputLimits[limit.name])
    }
    guard (1...16).contains(runtime.codecThreads) else {
      throw Self.refusal("\(runtime.codecThreads) is no number of threads", "Give 1 to 16.")
    }
    try Self.validate(previewCount: reporting.previewCount)
    guard Self.previewSizes.contains(reporting.previewSize) else {
      throw Self.refusal(
        "no preview has a longest side of \(reporting.previewSize) pixels", "Give 64 to 4096.")
    }
    guard (1...100).contains(reporting.previewQuality) else {
      throw Self.refusal(
        "\(reporting.previewQuality) is no quality of a JPEG", "Give 1 to 100.")
    }
    if let bytes = fitting.maximumBytes, bytes < 1 {
      throw Self.refusal("no output has \(bytes) bytes", "Give a limit of at least 1 byte.")
    }
    if let bandwidth = judging.options.bandwidth, !(bandwidth > 0) {
      throw Self.refusal(
        "\(bandwidth) is no bandwidth", "Give bits per second, more than 0.")
    }
    if let actions = judging.options.actions, !actions.isEmpty, !service.knows(actions) {
      throw Self.refusal(
        "\(service.provider.rawValue) asks for no such actions",
        "Give \(service.sequencesText).")
    }
    guard judging.photo == nil || service.takesPhoto else {
      throw Self.refusal(
        "\(service.provider.rawValue) compares with no photo",
        "Leave the photo out; it is for \(Provider.takingPhotos).")
    }
  }

  static func validate(previewCount count: Int) throws(VPrepError) {
    guard previewCounts.contains(count) else {
      throw refusal("\(count) is no number of previews", "Give 0 to 10.")
    }
  }

  static func refusal(_ message: String, _ advice: String) -> VPrepError {
    VPrepError(kind: .badRequest, stage: "open", file: "", message: message, advice: advice)
  }
}
