package import FoundationEssentials
public import MediaIO
public import Services

/// Reads JSON that a caller gives in a file, no more of it than the limits allow.
package enum JSONText {
  /// The bytes of a file, a pipe or a device.
  ///
  /// - Throws: `VPrepError.Kind.badRequest` when it cannot be read or has more than `jsonBytes`.
  package static func read(
    _ path: String, limits: InputLimits = InputLimits()
  ) throws(VPrepError) -> Data {
    var own = limits
    own[.bytes] = limits[.jsonBytes]
    do throws(MediaError) {
      let watchdog = Watchdog(seconds: limits[.time])
      let input = try MediaInput(.file(path), limits: own, watchdog: watchdog)
      return Data(input.prefix(input.byteCount))
    } catch {
      throw VPrepError(
        kind: .badRequest, stage: "arguments", file: path, message: error.detail)
    }
  }
}

extension RuleOverrides {
  /// Reads limits from JSON no larger and no deeper than `limits` allow; see the type for the schema.
  public init(json: String, limits: InputLimits) throws(RuleOverridesError) {
    try self.init(json: json, bounds: JSONBounds(limits))
  }
}

extension JSONBounds {
  /// The bounds that the limits set.
  init(_ limits: InputLimits) {
    self.init()
    bytes = Int(exactly: limits[.jsonBytes].rounded(.down)) ?? bytes
    depth = Int(exactly: limits[.jsonDepth].rounded(.down)) ?? depth
  }
}
