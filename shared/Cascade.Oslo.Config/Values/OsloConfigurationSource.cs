using Microsoft.Extensions.Configuration;

namespace Cascade.Oslo.Config;

/// <summary>
/// The configuration for those who read by key: <c>group:option</c>, <c>DEFAULT:option</c> for options outside a group. The plain
/// key holds the last value; an option written several times has all of them as children <c>group:option:0</c>, <c>:1</c>, …
/// </summary>
public sealed class OsloConfigurationSource(OsloConfiguration values) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(values);

    sealed class Provider(OsloConfiguration values) : ConfigurationProvider
    {
        public override void Load()
        {
            foreach (var group in values.Groups)
            {
                foreach (var option in values.OptionsOf(group))
                    Add(group, option, values.Find(group, option));
            }
        }

        void Add(string group, string option, IReadOnlyList<RawValue> written)
        {
            if (written.Count == 0)
                return;
            Set($"{group}:{option}", Expanded(group, written[^1]));
            for (var i = 0; written.Count > 1 && i < written.Count; i++)
                Set($"{group}:{option}:{i}", Expanded(group, written[i]));
        }

        string Expanded(string group, RawValue value) =>
            References.Expand(value.Text, group, (g, o) => values.Find(g, o) is { Count: > 0 } found ? found[^1].Text : null);
    }
}
