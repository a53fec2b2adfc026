import FaceModel
import Foundation

/// Computes the activations of crops as the program computes those of faces.
struct FeatureWriter {
  func run(_ folder: String) throws {
    let size = FaceLandmarker.inputSize
    guard let crops = FileHandle(forReadingAtPath: folder + "/crops.u8") else {
      throw Failure(text: "\(folder)/crops.u8 cannot be read")
    }
    let features = try created(folder + "/features.f32")
    var landmarker = try FaceLandmarker(from: ModelStore())
    let middle = Double(size) / 2
    // The region is the crop itself.
    let region = RegionOfInterest(
      center: Point2D(middle, middle), side: Double(size), rotation: 0)
    while let crop = try crops.read(upToCount: 3 * size * size), crop.count == 3 * size * size {
      let samples = [UInt8](crop)
      _ = try landmarker.landmarks(in: region) { (_, tensor) throws(ModelError) in
        for index in tensor.indices { tensor[index] = Float(samples[index]) / 255 }
      }
      let values = landmarker.activations.values.map(\.bitPattern.littleEndian)
      try features.write(contentsOf: values.withUnsafeBytes { Data($0) })
    }
  }
}
