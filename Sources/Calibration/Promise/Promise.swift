/// What a calibrated limit keeps: of clips like those that the service accepted, at most so many are on
/// its bad side.
public struct Promise: Sendable, Equatable, Codable {
  /// Largest share of accepted clips that one limit for failing may fail, 0–1.
  public var failing = 0.01
  /// Largest share of accepted clips that one limit for warning may warn of, 0–1.
  public var warning = 0.05
  /// Largest probability that any of the limits breaks its promise, 0–1.
  public var doubt = 0.05

  /// The promise that is made if nothing else is said.
  public init() {}

  /// Says what is wrong with the numbers; `nil` for a promise that can be kept.
  public var complaint: String? {
    for (name, value) in [("alpha", failing), ("warn-alpha", warning), ("delta", doubt)]
    where !(value > 0 && value < 1) {
      return "--\(name) takes a number between 0 and 1"
    }
    return nil
  }
}
