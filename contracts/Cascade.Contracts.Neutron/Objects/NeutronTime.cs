using System.Globalization;

namespace Cascade.Contracts.Neutron.Objects;

/// <summary>Times of Neutron are UTC, with or without a zone; what is none is null.</summary>
static class NeutronTime
{
    public static DateTimeOffset? Read(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
