namespace Cascade.Oslo.Config;

/// <summary>
/// One <c>--config-file</c> or <c>--config-dir</c>, in the order of the command line.
/// oslo_config/cfg.py _ConfigFileOpt and _ConfigDirOpt parse each as it is met, so the later argument wins, whichever kind it is.
/// </summary>
public sealed record ConfigPath(string Path, bool IsDirectory)
{
    public static ConfigPath File(string path) => new(path, IsDirectory: false);

    public static ConfigPath Directory(string path) => new(path, IsDirectory: true);
}
