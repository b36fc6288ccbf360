namespace Cascade.CinderProxy.Parent.Database;

/// <summary>One statement of the contract. Two are the same only if they are one object: there is one of each.</summary>
/// <param name="name">as it is called in logs and in the contract.</param>
/// <param name="text">standard SQL with @parameters and the marks of <see cref="Dialect"/>.</param>
internal sealed class Statement(string name, string text)
{
    public string Name { get; } = name;

    public string Text { get; } = text;

    public override string ToString() => Name;
}
