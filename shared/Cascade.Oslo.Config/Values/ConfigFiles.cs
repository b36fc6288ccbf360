using Cascade.Oslo.Config.Ini;

namespace Cascade.Oslo.Config;

/// <summary>Turns paths into entries: later paths and later lines come last; a directory gives its <c>*.conf</c> sorted by name.</summary>
static class ConfigFiles
{
    public static void Read(IEnumerable<ConfigPath> paths, Action<IniEntry, string> entry, Action<ConfigFault> fault)
    {
        foreach (var path in paths)
        {
            foreach (var file in Expand(path, fault))
                ReadFile(file, entry, fault);
        }
    }

    // cfg.py ConfigDirAction: sorted(glob(dir/*.conf)); a directory that is named but missing is an error. Python's glob hides dot files.
    static IEnumerable<string> Expand(ConfigPath path, Action<ConfigFault> fault)
    {
        var full = FullPath(path.Path);
        if (!path.IsDirectory)
            return [full];
        if (!Directory.Exists(full))
        {
            fault(new($"no such directory: {full} (--config-dir)"));
            return [];
        }

        return Directory.GetFiles(full, "*.conf")
            .Where(f => !Path.GetFileName(f).StartsWith('.'))
            .Order(StringComparer.Ordinal);
    }

    static void ReadFile(string file, Action<IniEntry, string> entry, Action<ConfigFault> fault)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault(new(e is UnauthorizedAccessException
                ? $"{file} may not be read by this user: change its owner or its mode"
                : $"{file} cannot be read: {e.Message}"));
            return;
        }

        var (entries, faults) = IniParser.Parse(file, text);
        foreach (var f in faults)
            fault(f);
        foreach (var e in entries)
            entry(e, file);
    }

    static string FullPath(string path) => Path.GetFullPath(
        path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path);
}
