public import FoundationEssentials

/// The result of a call of `Gate`; each call has its own type.
public protocol CallResult: Sendable, Equatable {
  /// The result as the document that goes over the wire.
  var report: ReportDocument { get }
}

extension CallResult {
  /// The result as JSON, the contract `vprep.report/1`, keys in alphabetical order.
  ///
  /// - Parameter pretty: indented over many lines, or all on one.
  public func json(pretty: Bool = true) throws -> Data { try report.json(pretty: pretty) }
}
