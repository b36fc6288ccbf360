namespace Cascade.OpenStack.BlockStorage;

/// <summary>An action that says nothing but its name: <c>{}</c>.</summary>
internal sealed record NoArguments;
