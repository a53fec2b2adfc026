internal import MediaIO

/// The files of one clip: its line, its output and its previews.
extension BatchWorker {
  /// Appends the line of a finished output, just before the output gets its name.
  ///
  /// Whatever ends the program, every output in the folder has a line in the report. If a line exists
  /// and its output does not, the next run prepares the clip again.
  func announce(
    _ report: ReportDocument, _ output: inout OutputFile, _ item: BatchItem,
    _ notes: inout BatchNotes
  ) throws(VPrepError) {
    var report = report
    let folder = BatchTree.split(item.stem ?? "").folder
    var name = (folder.isEmpty ? "" : folder + "/") + output.target.name
    if ExitStatus(report, strict: batch.gate.judging.options.strict) != .accepted {
      switch batch.refused {
      case .keep: break
      case .drop: output.isDropped = true
      case .apart:
        name = BatchLayout.refused(name)
        output.target = try tree.target(name, protecting: protected)
      }
    }
    if output.isDropped {
      report.fit?.output = nil
      (notes.record.output, notes.record.outputModified) = (nil, nil)
    } else {
      output.target.mayReplace = try mayReplace(name, at: output.path)
      report.fit?.output?.path = output.path
      (notes.record.output, notes.record.outputModified) = (name, output.modified)
    }
    do throws(VPrepError) {
      try note(report, item, appends: true, &notes)
    } catch {
      notes.failure = error
      throw error
    }
  }

  /// Notes a clip's report, with its previews as files.
  ///
  /// - Parameter appends: whether its line goes to the disk before this returns.
  func note(
    _ report: ReportDocument, _ item: BatchItem, appends: Bool, _ notes: inout BatchNotes
  ) throws(VPrepError) {
    var report = report
    report.leaveOutCommonParts()
    // A check makes no previews and forgets none.
    if item.stem != nil { notes.record.previews = [] }
    for (index, preview) in report.previews.enumerated() {
      guard let stem = item.stem, let jpeg = preview.jpeg else { continue }
      let name = BatchLayout.preview(stem, index: index)
      var target = try tree.target(name, protecting: protected)
      target.mayReplace = try mayReplace(name, at: target.path)
      notes.previews.append(
        try VPrepError.wrapping { () throws(MediaError) in try StagedFile(jpeg, target) })
      report.previews[index].image = name.percentEncodedPath
      notes.record.previews?.append(name)
    }
    notes.report = report
    guard appends else { return }
    let line = try line(item, .success(report), &notes.record)
    try journal.append(line, notes.record, isDurable: true)
    notes.line = line
  }

  /// Whether a file of that name may be replaced, since the batch has written it; throws where another
  /// one is there.
  private func mayReplace(_ name: String, at path: String) throws(VPrepError) -> Bool {
    let isOwn = journal.owns(name)
    guard isOwn || !tree.holds(name) else {
      throw VPrepError(
        kind: .outputNotWritten, stage: "write", file: path,
        message: "a file of this name exists that no batch has written",
        advice: "Move it away, or give another folder.")
    }
    return isOwn
  }

  func place(_ previews: [StagedFile]) throws(VPrepError) {
    try VPrepError.wrapping { () throws(MediaError) in
      for preview in previews { try preview.commit() }
    }
  }

  /// Removes files that the clip had before, unless it has them still.
  func remove(_ names: [String], unless kept: [String?]) {
    let kept = Set(kept.compactMap { $0.map(FilePath.init) })
    for name in names where !kept.contains(FilePath(name)) {
      guard let identity = tree.identity(name), !protected.contains(identity) else { continue }
      tree.remove(name)
    }
  }
}
