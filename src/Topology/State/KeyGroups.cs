using System.Numerics;

namespace Topology;

/// <summary>
/// Key groups: the parts in which keyed state is dealt to tasks, stored, and dealt anew when the number of tasks changes. A key's group follows from its
/// <see cref="StableHash"/> and the number of groups, which is fixed for the life of the state; each task has one range of groups.
/// The router, the state store and rescaling all count by these formulas, which are those of Flink's <c>KeyGroupRangeAssignment</c>.
/// </summary>
public static class KeyGroups
{
    /// <summary>The fewest groups that <see cref="CountFor"/> gives, so that a small topology has room to grow.</summary>
    public const int DefaultCount = 128;

    /// <summary>The most groups there can be.</summary>
    public const int MaxCount = 32_768;

    /// <summary>The number of groups for a component: half as many again as it has tasks, rounded up to a power of two, from 128 to 32,768.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 or more than 32,768 tasks.</exception>
    public static int CountFor(int tasks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tasks, MaxCount);
        var roomy = (int)BitOperations.RoundUpToPowerOf2((uint)(tasks + (tasks / 2)));
        return Math.Clamp(roomy, DefaultCount, MaxCount);
    }

    /// <summary>The group of a key: its hash modulo the number of groups.</summary>
    /// <param name="hash">The key's <see cref="StableHash"/>, which is mixed well enough to need no second hash.</param>
    /// <param name="count">The number of groups, from 1 to 32,768.</param>
    /// <returns>A group from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 or more than 32,768 groups.</exception>
    public static int Of(ulong hash, int count)
    {
        if ((uint)(count - 1) >= MaxCount) ThrowCount(count);

        // The same number either way; a division of 64 bits costs more than a short key's whole hash.
        return BitOperations.IsPow2(count) ? (int)(hash & (uint)(count - 1)) : (int)(hash % (uint)count);
    }

    /// <summary>The task that has a group.</summary>
    /// <param name="keyGroup">The group, from 0.</param>
    /// <param name="count">The number of groups, from 1 to 32,768.</param>
    /// <param name="tasks">The number of tasks, from 1 to the number of groups.</param>
    /// <returns>The task's place among the component's tasks, from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such group, or there are more tasks than groups.</exception>
    public static int TaskOf(int keyGroup, int count, int tasks)
    {
        Check(count, tasks);
        if ((uint)keyGroup >= (uint)count)
            throw new ArgumentOutOfRangeException(nameof(keyGroup), $"There is no key group {keyGroup}: there are {count}, from 0.");

        // At most 2^15 times 2^15.
        return keyGroup * tasks / count;
    }

    /// <summary>The groups of a task, both ends included; never empty.</summary>
    /// <param name="task">The task's place among the component's tasks, from 0.</param>
    /// <param name="count">The number of groups, from 1 to 32,768.</param>
    /// <param name="tasks">The number of tasks, from 1 to the number of groups.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such task, or there are more tasks than groups.</exception>
    public static (int First, int Last) RangeOf(int task, int count, int tasks)
    {
        Check(count, tasks);
        if ((uint)task >= (uint)tasks)
            throw new ArgumentOutOfRangeException(nameof(task), $"There is no task {task}: there are {tasks}, from 0.");
        return (((task * count) + tasks - 1) / tasks, (((task + 1) * count) - 1) / tasks);
    }

    private static void Check(int count, int tasks)
    {
        if ((uint)(count - 1) >= MaxCount) ThrowCount(count);
        if ((uint)(tasks - 1) >= (uint)count)
            throw new ArgumentOutOfRangeException(nameof(tasks), $"{tasks} tasks cannot share {count} key groups: each needs at least one.");
    }

    private static void ThrowCount(int count) =>
        throw new ArgumentOutOfRangeException(nameof(count), $"There can be 1 to {MaxCount} key groups, not {count}.");
}
