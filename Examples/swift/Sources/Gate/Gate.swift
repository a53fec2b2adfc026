import VPrep

/// Gates a clip and prepares it: Gate CLIP OUTPUT.
@main
struct Program {
  static func main() async {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else { return print("Gate CLIP OUTPUT") }
    let (clip, gate) = (Clip.file(arguments[1]), Gate(.tencent(.silent)))
    do {
      let check = try await gate.check(clip)
      print("the clip:", check.verdict.outcome, check.verdict.nextStep?.text ?? "")
      let prepared = try await gate.prepare(clip, writingTo: arguments[2])
      print("prepared:", prepared.verdict.outcome, prepared.output?.path ?? "nothing written")
    } catch {
      print(error.cause, error)
    }
  }
}
