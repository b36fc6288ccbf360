using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>
/// Which files are read: those of the command line in its order, as oslo_config/cfg.py looks for --config-file and --config-dir
/// before it parses anything else; without any, the usual places, as far as they exist.
/// </summary>
static class ConfigPaths
{
    const string FileOption = "--config-file";
    const string DirectoryOption = "--config-dir";

    public static IReadOnlyList<ConfigPath> Of(IReadOnlyList<string> args, string shortName, string root = "/etc/cascade")
    {
        var named = Named(args).ToList();
        if (!named.Exists(p => !p.IsDirectory))
            named.InsertRange(0, new[] { "cascade.conf", $"{shortName}.conf" }.Select(f => Path.Combine(root, f)).Where(File.Exists).Select(ConfigPath.File));
        if (!named.Exists(p => p.IsDirectory))
        {
            var at = named.FindLastIndex(p => !p.IsDirectory) + 1;
            var usual = new[] { "cascade.conf.d", $"{shortName}.conf.d" }.Select(d => Path.Combine(root, d)).Where(Directory.Exists).Select(ConfigPath.Directory);
            // cfg.py _parse_config_files reads the usual directories before the arguments.
            named.InsertRange(args.Any(a => IsOption(a, FileOption)) ? 0 : at, usual);
        }

        return named;
    }

    static IEnumerable<ConfigPath> Named(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            foreach (var (option, directory) in new[] { (FileOption, false), (DirectoryOption, true) })
            {
                if (args[i] == option && i + 1 < args.Count)
                    yield return new(args[++i], directory);
                else if (args[i].StartsWith(option + "=", StringComparison.Ordinal))
                    yield return new(args[i][(option.Length + 1)..], directory);
                else
                    continue;
                break;
            }
        }
    }

    static bool IsOption(string arg, string option) => arg == option || arg.StartsWith(option + "=", StringComparison.Ordinal);
}
