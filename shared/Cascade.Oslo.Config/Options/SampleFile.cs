using System.Text;

namespace Cascade.Oslo.Config;

/// <summary>A sample configuration in the shape of oslo-config-generator: every option commented out, with its help, type and default.</summary>
public static class SampleFile
{
    const int Width = 79;

    public static string Write(OptionReader reader)
    {
        var text = new StringBuilder();
        foreach (var group in reader.Groups.OrderBy(g => g.Name == GroupName.Default ? "" : g.Name, StringComparer.Ordinal))
        {
            var options = reader.Definitions.Where(d => d.Group == group.Name).ToList();
            if (options.Count == 0)
                continue;
            text.Append(text.Length == 0 ? "" : "\n").Append('[').Append(group.Name).Append("]\n");
            if (group.Help.Length > 0)
                Comment(text.Append('\n'), group.Help);
            foreach (var option in options)
                Option(text.Append('\n'), option);
        }

        return text.ToString();
    }

    static void Option(StringBuilder text, OptionDefinition option)
    {
        Comment(text, $"{option.Help} ({option.TypeName})");
        if (option.Traits is { Min: not null } or { Max: not null })
            Comment(text, string.Join(", ", new[] { option.Traits.Min is { } min ? $"Minimum value: {min}" : null, option.Traits.Max is { } max ? $"Maximum value: {max}" : null }.OfType<string>()));
        if (option.Traits.Choices is { } choices)
            Comment(text, $"Possible values: {string.Join(", ", choices)}");
        if (option.Traits.Required)
            Comment(text, "This option is required.");
        if (option.Traits.Mutable)
            Comment(text, "Note: This option can be changed without restarting.");
        foreach (var (group, name) in option.OlderNames)
            Comment(text, $"Deprecated group/name - [{group}]/{name}");
        text.Append('#').Append(option.Name).Append(" = ").Append(option.Traits.Sample ?? option.Default ?? "<None>").Append('\n');
    }

    static void Comment(StringBuilder text, string words)
    {
        var line = new StringBuilder("#");
        foreach (var word in words.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append('#');
            }

            line.Append(' ').Append(word);
        }

        text.Append(line).Append('\n');
    }
}
