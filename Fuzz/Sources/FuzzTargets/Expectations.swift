/// Ends the process, which libFuzzer keeps the input for, where a promise is broken.
func expect(_ isKept: Bool, _ complaint: @autoclosure () -> String) {
  if !isKept { fatalError(complaint()) }
}

/// Ends the process where something throws that must not.
func expectNoError<Result>(_ body: () throws -> Result) {
  do { _ = try body() } catch { fatalError("\(error)") }
}
