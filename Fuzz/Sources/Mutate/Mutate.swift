internal import FoundationEssentials
internal import Mutation

#if canImport(Glibc)
  internal import Glibc
#endif

/// Writes mutants of clips into a folder.
///
///     mutate SEED FIRST COUNT FOLDER CLIP...
///
/// Mutant number N is made from clip N modulo their count, by changes that follow from SEED and N; odd
/// numbers know the container, even ones do not. Its file is named N and ends as the clip does.
/// `mutate --check CLIP...` takes clips apart and puts them together again, and says which differ.
@main enum Mutate {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "--check" { return try check(arguments.dropFirst()) }
    guard arguments.count > 4, let seed = UInt64(arguments[0]), let first = Int(arguments[1]),
      let count = Int(arguments[2]), first >= 0, count >= 0
    else { fail("usage: mutate SEED FIRST COUNT FOLDER CLIP... | mutate --check CLIP...") }
    let folder = URL(filePath: arguments[3])
    let clips = try arguments[4...].map { (URL(filePath: $0).pathExtension, try bytes($0)) }
    for number in first..<(first + count) {
      // The large odd number keeps mutants of neighbouring seeds apart.
      var mutator = Mutator(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number))
      // Each clip meets both kinds.
      let (ending, clip) = clips[number / 2 % clips.count]
      let mutant = mutator.mutate(
        clip, kind: number % 2 == 0 ? .bytes : .structure, limit: 8 * clip.count + 65_536)
      try Data(mutant).write(to: folder.appending(path: "\(number).\(ending)"))
    }
  }

  private static func check(_ paths: ArraySlice<String>) throws {
    var differing = 0
    for path in paths {
      let clip = try bytes(path)
      if let again = Mutator.rewritten(clip), again != clip {
        print("\(path): \(clip.count) bytes became \(again.count)")
        differing += 1
      }
    }
    if differing > 0 { exit(1) }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  private static func fail(_ message: String) -> Never {
    print(message)
    exit(2)
  }
}
