internal import FoundationEssentials
internal import MediaIO

/// What joining the reports of several batches found.
public struct BatchMerge: Sendable, Equatable {
  /// Clips that have a line.
  public internal(set) var clips = 0
  /// Lines that gave way to a later one of the same clip.
  public internal(set) var superseded = 0
}

extension Batch {
  /// Joins the reports of batches that worked on parts of the clips into one, with one line per clip.
  ///
  /// The files stay where they are, and the lines name them from `folder`. The result is a batch's
  /// folder like any other: a batch over all clips with the same settings takes the lines over and
  /// writes the summary. Where several reports have a line of one clip, the one that was started last
  /// counts. Lines that `folder` has already are kept, so joining again adds what is new.
  ///
  /// - Parameters:
  ///   - folders: folders of batches, all below `folder`; none may be in use by a running batch.
  ///   - folder: where the common report goes.
  public static func merge(
    _ folders: [String], into folder: String
  ) throws(VPrepError) -> BatchMerge {
    let place = BatchInputs.absolute(folder) + "/"
    let parts = try folders.map { (part) throws(VPrepError) in
      let path = BatchInputs.absolute(part) + "/"
      guard path.hasPrefix(place), path != place else {
        throw VPrepError(
          kind: .badRequest, stage: "open", file: part, message: "does not lie below \(folder)",
          advice: "Move the folders of the parts into that of the common report.")
      }
      guard FileManager.default.fileExists(atPath: path + reportName) else {
        throw VPrepError(
          kind: .unusableInput(.unreadable), stage: "open", file: part,
          message: "holds no report of a batch", advice: "Run the batch of that part first.")
      }
      return (path: part, prefix: String(path.dropFirst(place.count)))
    }
    let journal = try BatchJournal(opening(folder))
    defer { journal.close() }
    var merge = BatchMerge()
    for part in parts {
      let other = try BatchJournal(opening(part.path))
      defer { other.close() }
      try journal.take(other.entries(besides: []), of: other, prefix: part.prefix, &merge)
    }
    let paths = journal.entries(besides: []).map(\.record.path)
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    try journal.finish(order: paths, without: [])
    merge.clips = paths.count
    return merge
  }

  private static func opening(_ folder: String) throws(VPrepError) -> OutputFolder {
    do throws(SystemError) { return try OutputFolder(making: folder) } catch {
      throw BatchJournal.failure(folder, "the folder cannot be opened", error)
    }
  }
}

extension BatchJournal {
  /// Appends those lines of another report that are later than what is known of their clips.
  ///
  /// - Parameter prefix: where the other report's folder lies below this one's, with a slash at its end.
  fileprivate func take(
    _ entries: [Entry], of other: BatchJournal, prefix: String, _ merge: inout BatchMerge
  ) throws(VPrepError) {
    for entry in entries {
      if let known = self.entry(entry.record.path) {
        // A line that was joined before is the same one.
        if known.record.run == entry.record.run, known.record.started == entry.record.started {
          continue
        }
        merge.superseded += 1
        if known.record.started ?? 0 >= entry.record.started ?? 0 { continue }
      }
      guard let bytes = other.line(entry),
        var line = try? JSONDecoder().decode(BatchLine.self, from: bytes)
      else { throw Self.foreign(prefix + Batch.reportName, "the line of \(entry.record.path)") }
      line.move(below: prefix)
      guard let json = try? line.json() else {
        throw Self.foreign(prefix + Batch.reportName, "the line of \(entry.record.path)")
      }
      try append(json, line.record, isDurable: false)
    }
  }
}

extension BatchLine {
  /// Names the files from the folder above.
  fileprivate mutating func move(below prefix: String) {
    record.output = record.output.map { prefix + $0 }
    record.previews = record.previews?.map { prefix + $0 }
    guard case .report(var report) = content else { return }
    for index in report.previews.indices {
      report.previews[index].image = prefix + report.previews[index].image
    }
    content = .report(report)
  }
}
