import Foundation

/// Writes crops, their landmarks and a line for each.
struct CropWriter {
  private let index: FileHandle
  private let crops: FileHandle
  private let landmarks: FileHandle

  init(folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    index = try created(folder + "/index.tsv")
    crops = try created(folder + "/crops.u8")
    landmarks = try created(folder + "/landmarks.f32")
    let columns = [
      "path", "time", "width", "yaw", "pitch", "roll", "presence", "luma", "sharpness", "lower",
      "eyes",
    ]
    index.write(Data((columns.joined(separator: "\t") + "\n").utf8))
  }

  func write(_ crop: Crop, of path: String) throws {
    let face = crop.face
    // −1 stands for what was not decided.
    let values = [
      crop.time, face.widthPixels, face.yaw, face.pitch, face.roll, Double(crop.presence),
      face.light.mean, face.sharpness, face.lowerFaceOcclusion ?? -1, face.eyeOcclusion ?? -1,
    ]
    let numbers = values.map { String(format: "%.5g", $0) }
    try index.write(contentsOf: Data(([path] + numbers).joined(separator: "\t").utf8 + [10]))
    try crops.write(contentsOf: bytes(crop.samples))
    for place in crop.landmarks {
      for number in [Float(place.x), Float(place.y)] {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { landmarks.write(Data($0)) }
      }
    }
  }
}
