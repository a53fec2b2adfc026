internal import FoundationEssentials
internal import Synchronization

@testable import VPrep

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Texts that a caller may have from strangers, up to what is made of them.
enum TextTargets {
  static func rules(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let rules = try? RuleOverrides(json: text) else { return }
    for provider in Provider.allCases {
      for mode in provider.modes.map(Optional.some) + [nil] {
        let service = Service(provider, mode: mode) ?? Service(provider)
        let verdict = Judge(service, overrides: rules).verdict(of: .good(seconds: 2.5))
        expectNoError { try JSONEncoder().encode(verdict) }
      }
    }
  }

  static func request(_ bytes: [UInt8]) {
    guard let parameters = try? RequestJSON.parameters(Data(bytes), named: "input") else { return }
    for provider in Provider.allCases {
      let findings = RequestLinter.lint(provider, parameters: parameters)
      expectNoError { try JSONEncoder().encode(findings) }
    }
  }

  static func options(_ bytes: [UInt8]) {
    var options = CallOptions()
    do throws(VPrepError) {
      try options.read(json: String(decoding: bytes, as: UTF8.self), named: "input")
      _ = try options.makeGate()
    } catch {
      expect(error.kind == .badRequest, "the options are refused as \(error.kind)")
      expect(!error.message.contains("\n"), "the message is no sentence")
    }
  }

  /// Every line but an empty one is answered by one line of JSON, in order.
  ///
  /// Jobs that would open or write a file are left out: what they do is the clips' targets' to see.
  static func worker(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    guard lines.allSatisfy({ isHarmless(Array($0)) }) else { return }
    let wanted = lines.count { !$0.allSatisfy { [9, 13, 32].contains($0) } }
    let input = memory(bytes)
    defer { close(input) }
    let answers = Mutex(0)
    do throws(VPrepError) {
      let server = try JobServer(input: input, jobs: 1, place: .here(CallEngines())) {
        (line) throws(VPrepError) in
        expect(line.count { $0 == UInt8(ascii: "\n") } == 1, "an answer is not one line")
        expectNoError { try JSONDecoder().decode(JSONValue.self, from: Data(line)) }
        answers.withLock { $0 += 1 }
      }
      try server.run()
    } catch {
      fatalError("the worker ends: \(error)")
    }
    let count = answers.withLock { $0 }
    expect(count == wanted, "\(count) answers to \(wanted) lines")
  }

  private static func isHarmless(_ line: [UInt8]) -> Bool {
    guard let job = try? Job(line) else { return true }
    guard case .file("/no/such/clip") = job.clip, job.gate.judging.photo == nil,
      job.gate.reporting.annotationFolder == nil
    else { return false }
    return job.call == .probe || job.call == .check
  }

  /// A file in memory without a name that holds the bytes, ready to be read from its start.
  private static func memory(_ bytes: [UInt8]) -> Int32 {
    var name = Array("/dev/shm/vprep-fuzz-XXXXXX".utf8CString)
    let descriptor = unsafe mkstemp(&name)
    _ = unsafe unlink(name)
    let written = unsafe bytes.withUnsafeBytes {
      unsafe write(descriptor, $0.baseAddress, $0.count)
    }
    expect(descriptor >= 0 && written == bytes.count, "no file in memory")
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }
}
