using System.Runtime.Versioning;

namespace Cascade.Oslo.Config;

/// <summary>Files that hold a secret and may be read by others than their owner (mode &amp; 0o077).</summary>
public static class SecretFiles
{
    const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>One warning per file, naming the options, and what to do.</summary>
    public static IEnumerable<ConfigFault> OpenToOthers(OptionReader reader)
    {
        if (OperatingSystem.IsWindows())
            return [];
        return reader.Definitions
            .Where(d => d.Traits.Secret)
            .SelectMany(d => d.Names.SelectMany(n => reader.Values.Find(n.Group, n.Name)).Select(v => (Option: d, v.Origin.File)))
            .Where(s => s.File is not null)
            .GroupBy(s => s.File!, s => s.Option)
            .Select(Check)
            .OfType<ConfigFault>();
    }

    [UnsupportedOSPlatform("windows")]
    static ConfigFault? Check(IGrouping<string, OptionDefinition> file)
    {
        if (!File.Exists(file.Key) || File.GetUnixFileMode(file.Key) is var mode && (mode & Others) == UnixFileMode.None)
            return null;
        return new($"{file.Key} holds {string.Join(", ", file.Distinct())} and has mode 0{Convert.ToString((int)mode, 8)}: "
            + $"chmod 0600 {file.Key} and make the user that runs the agent its owner");
    }
}
