#if DEBUG
  internal import Synchronization

  #if canImport(Glibc)
    internal import Glibc
  #elseif canImport(Darwin)
    internal import Darwin
  #endif

  /// A failure that a test asks for: the n-th call of a kind answers with an error.
  ///
  /// It exists in debug builds alone and is read once from the environment, so that it concerns a whole
  /// process: `VPREP_FAULT=write:3:28` lets the third write fail with error number 28 (`ENOSPC`), and
  /// `write:3+:28` every one from the third on.
  struct InjectedFault {
    let call: SystemCall
    let number: Int
    let code: Int32
    let goesOn: Bool

    private static let requested = unsafe getenv("VPREP_FAULT").flatMap {
      unsafe InjectedFault(String(cString: $0))
    }
    private static let calls = Atomic(0)

    init?(_ text: String) {
      let parts = text.split(separator: ":")
      guard parts.count == 3, let call = SystemCall(rawValue: String(parts[0])),
        let number = Int(parts[1].hasSuffix("+") ? parts[1].dropLast() : parts[1]),
        let code = Int32(parts[2])
      else { return nil }
      (self.call, self.number, self.code) = (call, number, code)
      goesOn = parts[1].hasSuffix("+")
    }

    /// Throws when it is this call's turn to fail.
    static func strike(_ call: SystemCall) throws(SystemError) {
      if let fault = requested, strikes(call) { throw SystemError(code: fault.code) }
    }

    /// Whether it is this call's turn to fail.
    static func strikes(_ call: SystemCall) -> Bool {
      guard let fault = requested, fault.call == call else { return false }
      let made = calls.add(1, ordering: .relaxed).newValue
      return made == fault.number || fault.goesOn && made > fault.number
    }
  }
#endif
