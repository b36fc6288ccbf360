namespace Cascade.NeutronAgent.Child;

/// <summary>What to send to bring something to what is wanted.</summary>
/// <param name="Update">Only the members that differ.</param>
/// <param name="Members">Their names, for logs and <c>mirror list</c>.</param>
public sealed record Change<TUpdate>(TUpdate Update, IReadOnlyList<string> Members)
    where TUpdate : class
{
    public override string ToString() => string.Join(", ", Members);
}
