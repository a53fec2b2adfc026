internal import FaceModel
internal import Kernels

/// People who are all far away.
extension FaceTracker {
  /// Seconds between two close looks at a picture without a face: a look takes as long as nine at the
  /// whole picture.
  private static let closeInterval = 0.95
  /// Fewest faces that a close look must find.
  ///
  /// One far face has always been "no face", and a pattern is taken for one now and then: in 1 of 89
  /// pictures without people, for two in none. Of 105 photographs of several people, the looks at the
  /// whole picture find nobody in 5, in each of which this finds at least 4.
  private static let fewest = 3

  /// The face to follow of several that only a look at parts of the picture finds, `nil` where there are
  /// none; the rest become the others.
  mutating func crowd(
    _ frame: borrowing some Picture, time: Double
  ) throws(ModelError) -> FoundFace? {
    guard time - lastCloseLook >= Self.closeInterval else { return nil }
    lastCloseLook = time
    let look = try engine.closeLook(at: frame, geometry)
    let sure = look.faces.filter { $0.score >= Self.sureDetection }
    guard sure.count >= Self.fewest,
      let found = try begin(frame, sure, beside: FacePlaces([look])),
      others.count + 1 >= Self.fewest
    else {
      others = []
      return nil
    }
    isCrowd = true
    return found
  }
}
