import ArgumentParser
import VPrep

/// How previews are made.
struct PreviewOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The longest side of a preview (default 1280).", valueName: "pixels"))
  var previewSize: Int?

  @Option(
    help: ArgumentHelp("The JPEG quality of previews, 1 to 100 (default 90).", valueName: "quality")
  )
  var previewQuality: Int?

  @Option(
    help: "What a preview shows: none of the frame cut off, or the face and what is around it.")
  var crop: PreviewCrop = .none

  mutating func validate() throws {
    if let previewSize, !(64...4096).contains(previewSize) {
      throw ValidationError("--preview-size takes 64 to 4096 pixels.")
    }
    if let previewQuality, !(1...100).contains(previewQuality) {
      throw ValidationError("--preview-quality takes 1 to 100.")
    }
  }

  func apply(to gate: inout Gate) {
    if let previewSize { gate.reporting.previewSize = previewSize }
    if let previewQuality { gate.reporting.previewQuality = previewQuality }
    gate.reporting.previewCrop = crop
  }
}
