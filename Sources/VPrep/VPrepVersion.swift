internal import CVPrep

/// The version of vprep.
public enum VPrepVersion {
  /// Semantic version of this build: that of `vprep.h`, which is the one place that names it.
  public static let current = VPREP_VERSION
}
