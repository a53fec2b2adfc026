internal import CFuzzer

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Feeds one target with what libFuzzer makes of its seeds.
///
///     fuzz TARGET [libFuzzer's arguments]
///     fuzz --targets                  the targets' names, one a line
///     fuzz --model-seeds FOLDER       writes small model files for the target `model`
@main enum FuzzProgram {
  /// The target that the command line names.
  static let target = CommandLine.arguments.dropFirst().first.flatMap(FuzzTarget.init)

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.first == "--targets" {
      return FuzzTarget.allCases.forEach { print($0.rawValue) }
    }
    if arguments.first == "--model-seeds", let folder = arguments.dropFirst().first {
      return try ModelSeeds.write(to: folder)
    }
    guard target != nil else {
      print("usage: fuzz TARGET [ARGUMENT...] | fuzz --targets | fuzz --model-seeds FOLDER")
      exit(2)
    }
    // libFuzzer sees the program's name and what follows the target.
    let values = unsafe CommandLine.unsafeArgv
    unsafe values[1] = values[0]
    var (count, rest) = unsafe (CommandLine.argc - 1, Optional(values + 1))
    exit(
      unsafe LLVMFuzzerRunDriver(&count, &rest) { data, size in
        let bytes = unsafe UnsafeBufferPointer(start: data, count: size)
        FuzzProgram.target?.run(unsafe Array(bytes))
        return 0
      })
  }
}

/// Changes an input in place: as its container is built for clips, and as libFuzzer does.
@c(LLVMFuzzerCustomMutator)
public func mutate(
  _ data: UnsafeMutablePointer<UInt8>?, _ size: Int, _ limit: Int, _ seed: UInt32
) -> Int {
  guard let data = unsafe data, let target = FuzzProgram.target else { return 0 }
  // Libfuzzer's own changes follow the coverage's and the dictionary's hints.
  guard target.holdsClip, seed % 4 != 0 else {
    return unsafe LLVMFuzzerMutate(data, size, limit)
  }
  let mutant = ClipMutation.mutant(
    of: unsafe Array(UnsafeBufferPointer(start: data, count: size)), seed: seed, limit: limit)
  for (index, byte) in mutant.enumerated() { unsafe data[index] = byte }
  return mutant.count
}
