package import FaceModel
package import Kernels
package import Services

/// Measures the faces of a single picture.
package struct PhotoMeter: ~Copyable {
  private var tracker: FaceTracker

  /// `nil` without networks.
  package init?(engine: consuming FaceEngine?) {
    guard let engine else { return nil }
    tracker = FaceTracker(engine: engine)
  }

  /// The face networks, for the next use.
  package consuming func intoEngine() -> FaceEngine { tracker.intoEngine() }

  /// How many faces there are, and the measures of the largest; `nil` where it lies outside the
  /// picture or there is none.
  package mutating func measure(
    _ picture: borrowing some Picture, in geometry: UprightGeometry
  ) throws(ModelError) -> (count: Int, face: FaceMeasurement?) {
    let sighting = try tracker.look(at: picture, in: geometry, time: 0)
    var luma = LumaPlane()
    let state = luma.lend(picture) { plane, shape, table in
      FaceMeter.state(of: sighting, plane, shape, table, geometry: geometry)
    }
    guard var state else { return (sighting.count, nil) }
    var watch = HandWatch()
    try tracker.addHands(to: &state, of: sighting, picture, in: geometry, time: 0, &watch)
    return (sighting.count, FaceMeter.measure(sighting, state, geometry: geometry))
  }
}
