import Foundation
import VPrep

/// A prepared clip.
struct Video {
  let bytes: Data
  /// What ``VPrep/FitOutput/md5`` says.
  let md5: String
}

/// What a service has answered.
enum Answer {
  /// The clip was taken; the service's name for this call.
  case accepted(String)
  /// A code that would be answered again, and may be charged again.
  case refused(String)
  /// A code that the service's document calls temporary, or no answer that can be read.
  case temporary(String)
}

/// A service that clips are uploaded to.
protocol Destination {
  /// What foretells the service's answer.
  var gate: Gate { get }

  /// Uploads the clip once.
  func send(_ video: Video) async throws -> Answer
}

/// What is wrong with the command or the environment.
struct Wrong: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The environment of the process.
struct Environment {
  private let values = ProcessInfo.processInfo.environment

  subscript(name: String) -> String? { values[name] }

  /// A value that must be there.
  func required(_ name: String) throws -> String {
    guard let value = values[name] else { throw Wrong("\(name) is not set") }
    return value
  }
}
