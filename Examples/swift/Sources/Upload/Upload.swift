import Foundation
import VPrep

/// Prepares a clip in this process and uploads it to Megvii or Tencent.
///
///     Upload megvii CLIP
///     Upload tencent CLIP PHOTO
///
/// Environment and exit status are those of Examples/python/upload.py, but for the gate, which is
/// linked. Keys are never printed.
@main
struct Upload {
  static func main() async {
    do {
      exit(try await run(CommandLine.arguments.dropFirst()).rawValue)
    } catch {
      print(error)
      exit(64)
    }
  }

  private enum Status: Int32 {
    case accepted, notSent, refused, noAnswer
  }

  private static func run(_ arguments: ArraySlice<String>) async throws -> Status {
    let environment = Environment()
    let (target, clip) = try destination(arguments, environment)
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).mp4")
    defer { try? FileManager.default.removeItem(at: file) }

    let prepared: Preparation
    do {
      prepared = try await target.gate.prepare(.file(clip), writingTo: file.path)
    } catch {
      print("not sent: \(error.message) (\(error.code ?? "-")); \(error.advice ?? "-")")
      return .notSent
    }
    guard let output = prepared.output, prepared.verdict.outcome != .fail else {
      let verdict = prepared.verdict
      print("not sent: \(verdict.predictions.first?.code ?? "-"); \(verdict.nextStep?.text ?? "-")")
      return .notSent
    }
    let video = Video(bytes: try Data(contentsOf: file), md5: output.md5)
    switch await Attempts(environment).send({ try await target.send(video) }) {
    case .accepted(let identifier):
      print("accepted: \(identifier)")
      return .accepted
    case .refused(let code):
      print("refused: \(code)")
      return .refused
    case .temporary(let code):
      print("refused: \(code)")
      return .noAnswer
    }
  }

  private static func destination(
    _ arguments: ArraySlice<String>, _ environment: Environment
  ) throws -> (any Destination, clip: String) {
    switch (arguments.first, Array(arguments.dropFirst())) {
    case ("megvii", let files) where files.count == 1:
      (try Megvii(environment), files[0])
    case ("tencent", let files) where files.count == 2:
      (try Tencent(environment, photo: files[1]), files[0])
    default: throw Wrong("Upload megvii CLIP, or Upload tencent CLIP PHOTO")
    }
  }
}
