namespace Cascade.Oslo.Config.Tests;

/// <summary>A directory of configuration files that goes with the test.</summary>
sealed class Files : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("cascade-config-").FullName;

    public ConfigPath File(string name, string text)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return ConfigPath.File(path);
    }

    public ConfigPath Folder(string name) => ConfigPath.Directory(Path.Combine(Root, name));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
