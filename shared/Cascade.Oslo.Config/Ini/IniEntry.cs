namespace Cascade.Oslo.Config.Ini;

/// <summary>One assignment of a file; the same section and key may come several times.</summary>
sealed record IniEntry(string Section, string Key, string Value, int Line);
