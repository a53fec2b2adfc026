public import FoundationEssentials

extension VPrepError: LocalizedError {
  /// The file and what is wrong with it, one line.
  public var errorDescription: String? {
    ((file.isEmpty ? "" : "\(file): ") + failure).printable
  }

  /// What is wrong, without the file's name.
  public var failureReason: String? { failure.printable }

  /// What can be done about it; `nil` where nothing can.
  public var recoverySuggestion: String? { advice?.printable }

  private var failure: String { message + (code.map { " (\($0))" } ?? "") }
}
