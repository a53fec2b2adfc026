/// Where things stand in the folder of a batch.
enum BatchLayout {
  /// The folder of what the service is predicted to refuse.
  static let refused = "refused"
  /// The folder of preview pictures.
  static let previews = "previews"
  /// The batch's own folders and files: no folder of clips is mirrored under such a name.
  static let own: Set<String> = [refused, previews, Batch.reportName, Batch.summaryName]

  /// Where the output of that name stands when it is refused.
  static func refused(_ name: String) -> String { "\(refused)/\(name)" }

  /// A name without its ending, and without the folder of refused outputs.
  static func stem(_ output: String) -> String {
    let name =
      output.hasPrefix(refused + "/") ? String(output.dropFirst(refused.count + 1)) : output
    let place = BatchTree.split(name)
    let stem = BatchNames.stem(place.file)
    return place.folder.isEmpty ? stem : "\(place.folder)/\(stem)"
  }

  /// The preview pictures of a clip, the best first.
  static func preview(_ stem: String, index: Int) -> String {
    "\(previews)/\(stem)-\(index + 1).jpg"
  }
}
