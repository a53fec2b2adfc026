/// The version of vprep.
public enum VPrepVersion {
  /// Semantic version of this build.
  public static let current = "0.1.0"
}
